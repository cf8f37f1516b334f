import { createRequire as cogsyncCreateRequire } from 'node:module';
const require = cogsyncCreateRequire(import.meta.url);
import{anotherSecret,close,filesIn,hasHoles,isFile,isObject,isRef,isSecret,liveSecret,refsIn,resolve,secretsIn}from"./chunk-LBDPIWJC.js";import"./chunk-X5PMSS7Q.js";export{anotherSecret,close,filesIn,hasHoles,isFile,isObject,isRef,isSecret,liveSecret,refsIn,resolve,secretsIn};
