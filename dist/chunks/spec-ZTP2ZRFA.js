import { createRequire as cogsyncCreateRequire } from 'node:module';
const require = cogsyncCreateRequire(import.meta.url);
import{cognitoJsonSchema,environmentsIn,parseSpec}from"./chunk-SQ7NTYCY.js";import{didYouMean}from"./chunk-QUWFWBOD.js";import"./chunk-HBH4OFI2.js";import"./chunk-X5PMSS7Q.js";export{cognitoJsonSchema,didYouMean,environmentsIn,parseSpec};
