import { createRequire as cogsyncCreateRequire } from 'node:module';
const require = cogsyncCreateRequire(import.meta.url);
var exits={ok:0,failure:1,differences:2,invalid:3,denied:4,refused:5,partial:6,usage:64,interrupted:130},invalidFile="invalid-file",usageErrorName="UsageError",usageError=(message,hint)=>Object.assign(new Error(message),{name:usageErrorName,...hint===void 0?{}:{hint}}),isUsageError=error=>error instanceof Error&&error.name===usageErrorName;export{exits,invalidFile,usageError,isUsageError};
