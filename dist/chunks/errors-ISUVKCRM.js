import { createRequire as cogsyncCreateRequire } from 'node:module';
const require = cogsyncCreateRequire(import.meta.url);
import{awsError,isAwsError,isConcurrent,isCredentials,isDenied,isMissing,isNamed,isQuota,isThrottled}from"./chunk-QVOCIUTA.js";import"./chunk-X5PMSS7Q.js";export{awsError,isAwsError,isConcurrent,isCredentials,isDenied,isMissing,isNamed,isQuota,isThrottled};
