import { createRequire as cogsyncCreateRequire } from 'node:module';
const require = cogsyncCreateRequire(import.meta.url);
import{kinds}from"./chunk-JERSYQ4E.js";import"./chunk-5I7K3TBN.js";import"./chunk-X5PMSS7Q.js";export{kinds};
