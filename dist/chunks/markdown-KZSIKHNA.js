import { createRequire as cogsyncCreateRequire } from 'node:module';
const require = cogsyncCreateRequire(import.meta.url);
import{renderMarkdown}from"./chunk-3D6JLN3P.js";import"./chunk-BADJJ77V.js";import"./chunk-ZPQXSR6T.js";import"./chunk-LOICWQNX.js";import"./chunk-LUQJ3B4V.js";import"./chunk-X5PMSS7Q.js";export{renderMarkdown};
