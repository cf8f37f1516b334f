import { createRequire as cogsyncCreateRequire } from 'node:module';
const require = cogsyncCreateRequire(import.meta.url);
import{renderMarkdown}from"./chunk-OZ7FAIVF.js";import"./chunk-MTR2SQJ7.js";import"./chunk-GPJLDO4Z.js";import"./chunk-YUREZOUI.js";import"./chunk-ZPOATI6I.js";import"./chunk-X5PMSS7Q.js";export{renderMarkdown};
