import { createRequire as cogsyncCreateRequire } from 'node:module';
const require = cogsyncCreateRequire(import.meta.url);
import{observe}from"./chunk-LK7V36XS.js";import"./chunk-7NR32OOM.js";import"./chunk-U2Q4LY5N.js";import"./chunk-2A2JZVRA.js";import"./chunk-NY6YHKWK.js";import"./chunk-7RN63NHU.js";import"./chunk-7BOAYGVP.js";import"./chunk-QE2276TT.js";import"./chunk-P6KL56XI.js";import"./chunk-VMAT6J4S.js";import"./chunk-LBDPIWJC.js";import"./chunk-QVOCIUTA.js";import"./chunk-X5PMSS7Q.js";export{observe};
