import { createRequire as cogsyncCreateRequire } from 'node:module';
const require = cogsyncCreateRequire(import.meta.url);
import{covers,inReach,makeWorld,relationsOf,rootOf,withNeeds}from"./chunk-TOLQAZIV.js";import"./chunk-LKJ4TFBC.js";import"./chunk-7BOAYGVP.js";import"./chunk-E7SMH2MR.js";import"./chunk-VMAT6J4S.js";import"./chunk-LBDPIWJC.js";import"./chunk-X5PMSS7Q.js";export{covers,inReach,makeWorld,relationsOf,rootOf,withNeeds};
