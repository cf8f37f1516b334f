import { createRequire as cogsyncCreateRequire } from 'node:module';
const require = cogsyncCreateRequire(import.meta.url);
import{makePlan}from"./chunk-GWA4GMN3.js";import"./chunk-Z7PD4UNZ.js";import"./chunk-RJ2E7U2D.js";import"./chunk-IYY3OMFV.js";import"./chunk-Y32YG7KO.js";import"./chunk-WW5D4MXR.js";import"./chunk-FAPW2ZU5.js";import"./chunk-7BOAYGVP.js";import"./chunk-LRR5OIUF.js";import"./chunk-6BISVSTJ.js";import"./chunk-QE2276TT.js";import"./chunk-MQ5SOFM6.js";import"./chunk-QU6QCCZN.js";import"./chunk-RGZ6KDBB.js";import"./chunk-X5PMSS7Q.js";export{makePlan};
