import { createRequire as cogsyncCreateRequire } from 'node:module';
const require = cogsyncCreateRequire(import.meta.url);
import{checkedOut,mergeBase}from"./chunk-KWRGFHF3.js";import"./chunk-WTLPXSN5.js";import"./chunk-X5PMSS7Q.js";export{checkedOut,mergeBase};
