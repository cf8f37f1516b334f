import { createRequire as cogsyncCreateRequire } from 'node:module';
const require = cogsyncCreateRequire(import.meta.url);
import{configOf,document}from"./chunk-7QGVETD6.js";import"./chunk-KE5HSXHI.js";import{exits,usageError}from"./chunk-HAFHVCE3.js";import"./chunk-LOICWQNX.js";import{safe}from"./chunk-LUQJ3B4V.js";import{version}from"./chunk-VAY6X3XS.js";import{runError}from"./chunk-WTLPXSN5.js";import"./chunk-X5PMSS7Q.js";import{randomBytes}from"node:crypto";import{access,writeFile}from"node:fs/promises";import{basename,resolve}from"node:path";var stackPattern=/^[a-z][a-z0-9-]{0,38}[a-z0-9]$/,stackFrom=folder=>{let name=folder.toLowerCase().replace(/[^a-z0-9]+/g,"-").replace(/^[^a-z]+/,"").slice(0,40).replace(/-+$/,"");return stackPattern.test(name)?name:"app"},prefixFrom=(stack,random)=>{let base=stack.replace(/aws|amazon|cognito/g,"").replace(/-{2,}/g,"-").replace(/^-+|-+$/g,"");return`${/aws|amazon|cognito/.test(base)||base===""?"login":base}-${random}`},template=(stack,region,prefix)=>`# yaml-language-server: $schema=https://unpkg.com/cogsync@${version}/schemas/cognito.schema.json
#
# What should exist in Amazon Cognito.
#   cogsync validate   checks this file, without asking AWS
#   cogsync plan       shows what differs from AWS
#   cogsync apply      makes AWS what this file says
# Settings have AWS's own names, so AWS's documentation applies word for word.
version: 1
stack: ${stack} # who owns what: written as a tag on everything made from this file
region: ${region}
# account: "111122223333" # any other account is refused

userPools:
  users:
    name: ${stack}-users
    deletionProtection: ACTIVE

    # People sign in with their email address. Fixed when the pool is created.
    usernameAttributes: [email]
    usernameConfiguration: { caseSensitive: false }
    autoVerifiedAttributes: [email]
    attributes:
      email: { required: true, mutable: true }

    passwordPolicy:
      minimumLength: 12
      requireLowercase: true
      requireUppercase: true
      requireNumbers: true
      requireSymbols: false
    mfa:
      configuration: OPTIONAL
      softwareToken: { enabled: true }
    accountRecovery: [verified_email]

    # The sign-in pages: https://${prefix}.auth.${region}.amazoncognito.com
    domain:
      prefix: ${prefix}

    clients:
      web: # a browser app: no secret, code grant with PKCE
        explicitAuthFlows: [ALLOW_USER_SRP_AUTH, ALLOW_REFRESH_TOKEN_AUTH]
        allowedOAuthFlows: [code]
        allowedOAuthScopes: [openid, email]
        callbackUrls: ["http://localhost:3000/callback"]
        logoutUrls: ["http://localhost:3000/"]
        supportedIdentityProviders: [COGNITO]
        accessTokenValidity: 1h
        refreshTokenValidity: 30d
`,exists=file=>access(file).then(()=>!0,()=>!1),run=async(session,options)=>{let{io}=session,file=configOf(session,options),stack=options.stack??stackFrom(basename(io.cwd)),region=options.region??(io.env.AWS_REGION||io.env.AWS_DEFAULT_REGION||"us-east-1");if(!stackPattern.test(stack))throw usageError(`--stack ${safe(stack)} is not a stack's name`,"use 2 to 40 lower-case letters, digits and hyphens, a letter first");if(!/^[a-z]{2}(-[a-z]+)+-\d$/.test(region))throw usageError(`--region ${safe(region)} is not a Region`,"write one such as eu-west-1");let path=resolve(io.cwd,file);if(!options.force&&await exists(path))throw runError({exit:1,code:"file-exists",message:`${safe(file)} exists already`,hint:"choose another with --config, or overwrite it with --force"});return await writeFile(path,template(stack,region,prefixFrom(stack,randomBytes(4).toString("hex")))),session.json?session.print(document(session,exits.ok,{file,stack,region})):session.print(`Wrote ${safe(file)}: one user pool with a sign-in domain and a browser app, in stack ${stack}.
`),session.say(`
Next:
  cogsync validate
  cogsync plan

No AWS account at hand? "cogsync sandbox" starts a local one.
`),exits.ok};export{prefixFrom,run,stackFrom,template};
