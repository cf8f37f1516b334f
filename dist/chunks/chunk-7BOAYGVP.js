import { createRequire as cogsyncCreateRequire } from 'node:module';
const require = cogsyncCreateRequire(import.meta.url);
var isBodyWriter=writer=>writer.mode==="replace"||writer.mode==="patch";export{isBodyWriter};
