import { createRequire as cogsyncCreateRequire } from 'node:module';
const require = cogsyncCreateRequire(import.meta.url);
import{systemClock,withRetries}from"./chunk-YIZFNGZ6.js";import"./chunk-RGZ6KDBB.js";import"./chunk-X5PMSS7Q.js";export{systemClock,withRetries};
