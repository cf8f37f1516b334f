import { createRequire as cogsyncCreateRequire } from 'node:module';
const require = cogsyncCreateRequire(import.meta.url);
var version="0.1.0",sdkVersion=()=>"3.1169.0",tool=`cogsync/${version}`;export{version,sdkVersion,tool};
