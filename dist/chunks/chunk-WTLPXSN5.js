import { createRequire as cogsyncCreateRequire } from 'node:module';
const require = cogsyncCreateRequire(import.meta.url);
var runErrorName="RunError",runError=(facts,cause)=>Object.assign(new Error(facts.message,cause===void 0?void 0:{cause}),{name:runErrorName,...facts}),isRunError=error=>error instanceof Error&&error.name===runErrorName&&"exit"in error;export{runError,isRunError};
