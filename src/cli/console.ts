// The demonstration's "somebody in the console": edits with the plain AWS SDK, behind cogsync's back.
import {
  CognitoIdentityProviderClient,
  DescribeUserPoolClientCommand,
  DescribeUserPoolCommand,
  ListUserPoolClientsCommand,
  ListUserPoolsCommand,
  UpdateUserPoolClientCommand,
  UpdateUserPoolCommand,
} from '@aws-sdk/client-cognito-identity-provider'

/** What an app needs to know of a pool. */
export interface AppIds {
  userPoolId: string
  clientId: string
  domainUrl: string
  issuer: string
}

export interface Console {
  addCallbackUrl(url: string): Promise<void>
  lowerPasswordLength(length: number): Promise<void>
  appIds(): Promise<AppIds>
  close(): void
}

/** The only user pool there is, and its first client, through endpoint and credentials of the environment. */
export const openConsole = async (region: string): Promise<Console> => {
  const cognito = new CognitoIdentityProviderClient({ region })
  const found = async () => {
    const { UserPools = [] } = await cognito.send(new ListUserPoolsCommand({ MaxResults: 1 }))
    const UserPoolId = UserPools[0]?.Id ?? ''
    const { UserPoolClients = [] } = await cognito.send(
      new ListUserPoolClientsCommand({ UserPoolId, MaxResults: 1 }),
    )
    return { UserPoolId, ClientId: UserPoolClients[0]?.ClientId ?? '' }
  }

  return {
    // the console sends a client whole, with what it shows changed
    addCallbackUrl: async url => {
      const { UserPoolClient } = await cognito.send(new DescribeUserPoolClientCommand(await found()))
      const {
        ClientSecret: _secret,
        CreationDate: _created,
        LastModifiedDate: _modified,
        ...client
      } = UserPoolClient ?? {}
      const CallbackURLs = [...(client.CallbackURLs ?? []), url]
      await cognito.send(
        new UpdateUserPoolClientCommand({ UserPoolId: '', ClientId: '', ...client, CallbackURLs }),
      )
    },

    lowerPasswordLength: async length => {
      const { UserPoolId } = await found()
      const { UserPool: pool = {} } = await cognito.send(new DescribeUserPoolCommand({ UserPoolId }))
      const { UnusedAccountValidityDays: _days, ...AdminCreateUserConfig } = pool.AdminCreateUserConfig ?? {}
      await cognito.send(
        new UpdateUserPoolCommand({
          UserPoolId,
          AutoVerifiedAttributes: pool.AutoVerifiedAttributes,
          DeletionProtection: pool.DeletionProtection,
          VerificationMessageTemplate: pool.VerificationMessageTemplate,
          MfaConfiguration: pool.MfaConfiguration,
          EmailConfiguration: pool.EmailConfiguration,
          UserPoolTags: pool.UserPoolTags,
          AccountRecoverySetting: pool.AccountRecoverySetting,
          UserPoolTier: pool.UserPoolTier,
          AdminCreateUserConfig,
          Policies: {
            ...pool.Policies,
            PasswordPolicy: { ...pool.Policies?.PasswordPolicy, MinimumLength: length },
          },
        }),
      )
    },

    appIds: async () => {
      const { UserPoolId, ClientId } = await found()
      const { UserPool } = await cognito.send(new DescribeUserPoolCommand({ UserPoolId }))
      return {
        userPoolId: UserPoolId,
        clientId: ClientId,
        domainUrl: `https://${UserPool?.Domain ?? ''}.auth.${region}.amazoncognito.com`,
        issuer: `https://cognito-idp.${region}.amazonaws.com/${UserPoolId}`,
      }
    },

    close: () => cognito.destroy(),
  }
}
