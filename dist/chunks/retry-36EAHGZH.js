import { createRequire as cogsyncCreateRequire } from 'node:module';
const require = cogsyncCreateRequire(import.meta.url);
import{systemClock,withRetries}from"./chunk-TMLTQ63D.js";import"./chunk-VXKCBJ7O.js";import"./chunk-X5PMSS7Q.js";export{systemClock,withRetries};
