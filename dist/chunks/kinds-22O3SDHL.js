import { createRequire as cogsyncCreateRequire } from 'node:module';
const require = cogsyncCreateRequire(import.meta.url);
import{kinds}from"./chunk-7MNPRDTQ.js";import"./chunk-GQDMV6JY.js";import"./chunk-QVOCIUTA.js";import"./chunk-X5PMSS7Q.js";export{kinds};
