import { createRequire as cogsyncCreateRequire } from 'node:module';
const require = cogsyncCreateRequire(import.meta.url);
import{checkTargets,noTarget}from"./chunk-OWTXJHUN.js";import"./chunk-NACJNAEV.js";import"./chunk-TOLQAZIV.js";import"./chunk-LKJ4TFBC.js";import"./chunk-7BOAYGVP.js";import"./chunk-E7SMH2MR.js";import"./chunk-VMAT6J4S.js";import"./chunk-LBDPIWJC.js";import"./chunk-WYCMWSTZ.js";import"./chunk-EL2RJ6BA.js";import"./chunk-GQDMV6JY.js";import"./chunk-WTLPXSN5.js";import"./chunk-X5PMSS7Q.js";export{checkTargets,noTarget};
