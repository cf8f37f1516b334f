import { createRequire as cogsyncCreateRequire } from 'node:module';
const require = cogsyncCreateRequire(import.meta.url);
var askingOnce=aws=>{let asked=new Map;return{...aws,send:(operation,input,region)=>{let id=`${operation} ${region??""} ${JSON.stringify(input)}`,known=asked.get(id)??aws.send(operation,input,region);return asked.set(id,known),known}}};export{askingOnce};
