import { createRequire as cogsyncCreateRequire } from 'node:module';
const require = cogsyncCreateRequire(import.meta.url);
import{desiredDigest,digestOf}from"./chunk-OV23BGDZ.js";import"./chunk-AD2KP2V6.js";import"./chunk-YUHIH6O2.js";import"./chunk-NY6YHKWK.js";import"./chunk-7RN63NHU.js";import"./chunk-7BOAYGVP.js";import"./chunk-QE2276TT.js";import"./chunk-P6KL56XI.js";import"./chunk-VMAT6J4S.js";import"./chunk-LBDPIWJC.js";import"./chunk-X5PMSS7Q.js";export{desiredDigest,digestOf};
