import { createRequire as cogsyncCreateRequire } from 'node:module';
const require = cogsyncCreateRequire(import.meta.url);
import{cognitoJsonSchema,parseSpec}from"./chunk-TMLQK6NZ.js";import{didYouMean}from"./chunk-BKAFA7WI.js";import"./chunk-5I7K3TBN.js";import"./chunk-X5PMSS7Q.js";export{cognitoJsonSchema,didYouMean,parseSpec};
