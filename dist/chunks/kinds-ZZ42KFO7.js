import { createRequire as cogsyncCreateRequire } from 'node:module';
const require = cogsyncCreateRequire(import.meta.url);
import{kinds}from"./chunk-4K2YM3M5.js";import"./chunk-HBH4OFI2.js";import"./chunk-QVOCIUTA.js";import"./chunk-X5PMSS7Q.js";export{kinds};
