import { createRequire as cogsyncCreateRequire } from 'node:module';
const require = cogsyncCreateRequire(import.meta.url);
import{assemble,makePlan}from"./chunk-OVRXU22K.js";import"./chunk-ZUT47CW2.js";import"./chunk-JNUHTUIT.js";import"./chunk-NACJNAEV.js";import"./chunk-Y4RSV4E7.js";import"./chunk-CAHLYHI7.js";import"./chunk-KD3Q4KGW.js";import"./chunk-TOLQAZIV.js";import"./chunk-LKJ4TFBC.js";import"./chunk-7BOAYGVP.js";import"./chunk-E7SMH2MR.js";import"./chunk-VMAT6J4S.js";import"./chunk-LBDPIWJC.js";import"./chunk-QVOCIUTA.js";import"./chunk-X5PMSS7Q.js";export{assemble,makePlan};
