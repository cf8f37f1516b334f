import { createRequire as cogsyncCreateRequire } from 'node:module';
const require = cogsyncCreateRequire(import.meta.url);
import{renderMarkdown}from"./chunk-VXEKCJ2G.js";import"./chunk-NJMCE5YU.js";import"./chunk-KE5HSXHI.js";import"./chunk-LOICWQNX.js";import"./chunk-LUQJ3B4V.js";import"./chunk-X5PMSS7Q.js";export{renderMarkdown};
