import{C as exits,T as usageError,h as safe,s as version,y as runError}from"./start-C-2CKts6.js";import{et as writeFiles}from"./plan-CoLOrRDT.js";import{Dt as document,Et as configOf}from"./read-Dv3KrDuA.js";import{basename,resolve}from"node:path";import{randomBytes}from"node:crypto";import{lstat}from"node:fs/promises";const stackPattern=/^[a-z][a-z0-9-]{0,38}[a-z0-9]$/,stackFrom=e=>{let t=e.toLowerCase().replace(/[^a-z0-9]+/g,`-`).replace(/^[^a-z]+/,``).slice(0,40).replace(/-+$/,``);return stackPattern.test(t)?t:`app`},prefixFrom=(e,t)=>{let n=e.replace(/aws|amazon|cognito/g,``).replace(/-{2,}/g,`-`).replace(/^-+|-+$/g,``);return`${/aws|amazon|cognito/.test(n)||n===``?`login`:n}-${t}`},template=(e,t,n)=>`# yaml-language-server: $schema=https://unpkg.com/cogsync@${version}/schemas/cognito.schema.json
#
# What should exist in Amazon Cognito.
#   cogsync validate   checks this file, without asking AWS
#   cogsync plan       shows what differs from AWS
#   cogsync apply      makes AWS what this file says
# Settings have AWS's own names, so AWS's documentation applies word for word.
version: 1
stack: ${e} # who owns what: written as a tag on everything made from this file
region: ${t}
# account: "111122223333" # any other account is refused

userPools:
  users:
    name: ${e}-users
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

    # The sign-in pages: https://${n}.auth.${t}.amazoncognito.com
    domain:
      prefix: ${n}

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
`,exists=e=>lstat(e).then(()=>!0,()=>!1),run=async(e,t)=>{let{io:n}=e,r=configOf(e,t),i=t.stack??stackFrom(basename(n.cwd)),a=t.region??(n.env.AWS_REGION||n.env.AWS_DEFAULT_REGION||`us-east-1`);if(!stackPattern.test(i))throw usageError(`--stack ${safe(i)} is not a stack's name`,`use 2 to 40 lower-case letters, digits and hyphens, a letter first`);if(!/^[a-z]{2}(-[a-z]+)+-\d$/.test(a))throw usageError(`--region ${safe(a)} is not a Region`,`write one such as eu-west-1`);let o=resolve(n.cwd,r);if(!t.force&&await exists(o))throw runError({exit:1,code:`file-exists`,message:`${safe(r)} exists already`,hint:`choose another with --config, or overwrite it with --force`});let s=template(i,a,prefixFrom(i,randomBytes(4).toString(`hex`)));return await writeFiles([{path:o,name:r,content:s,...!t.force&&{was:null}}]),e.json?e.print(document(e,exits.ok,{file:r,stack:i,region:a})):e.print(`Wrote ${safe(r)}: one user pool with a sign-in domain and a browser app, in stack ${i}.\n`),e.say(`
Next:
  cogsync validate
  cogsync plan

No AWS account at hand? "cogsync sandbox" starts a local one.
`),exits.ok};export{prefixFrom,run,stackFrom,template};