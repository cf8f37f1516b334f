import { createRequire as cogsyncCreateRequire } from 'node:module';
const require = cogsyncCreateRequire(import.meta.url);
import{comparable,readComparable,readSecrets}from"./chunk-V32Q2RLX.js";import"./chunk-WTLPXSN5.js";import"./chunk-QVOCIUTA.js";import"./chunk-X5PMSS7Q.js";export{comparable,readComparable,readSecrets};
