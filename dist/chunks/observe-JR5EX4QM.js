import { createRequire as cogsyncCreateRequire } from 'node:module';
const require = cogsyncCreateRequire(import.meta.url);
import{observe}from"./chunk-I6BTD3OS.js";import"./chunk-BIA5LDRB.js";import"./chunk-BGWENIWD.js";import"./chunk-GPWDC2NQ.js";import"./chunk-7KGB2TOD.js";import"./chunk-PRXR57AS.js";import"./chunk-OBMRRGPY.js";import"./chunk-7BOAYGVP.js";import"./chunk-E7SMH2MR.js";import"./chunk-VMAT6J4S.js";import"./chunk-LBDPIWJC.js";import"./chunk-QVOCIUTA.js";import"./chunk-X5PMSS7Q.js";export{observe};
