import { createRequire as cogsyncCreateRequire } from 'node:module';
const require = cogsyncCreateRequire(import.meta.url);
import{desiredDigest,digestOf}from"./chunk-JNUHTUIT.js";import"./chunk-KD3Q4KGW.js";import"./chunk-TOLQAZIV.js";import"./chunk-LKJ4TFBC.js";import"./chunk-7BOAYGVP.js";import"./chunk-E7SMH2MR.js";import"./chunk-VMAT6J4S.js";import"./chunk-LBDPIWJC.js";import"./chunk-X5PMSS7Q.js";export{desiredDigest,digestOf};
