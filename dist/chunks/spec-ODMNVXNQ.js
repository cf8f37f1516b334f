import { createRequire as cogsyncCreateRequire } from 'node:module';
const require = cogsyncCreateRequire(import.meta.url);
import{cognitoJsonSchema,environmentsIn,parseSpec}from"./chunk-WYCMWSTZ.js";import{didYouMean}from"./chunk-EL2RJ6BA.js";import"./chunk-GQDMV6JY.js";import"./chunk-X5PMSS7Q.js";export{cognitoJsonSchema,didYouMean,environmentsIn,parseSpec};
