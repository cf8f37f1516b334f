// How long AWS has said nothing. A request that is lost is asked again; where nobody answers anything, the run ends.
import { type AwsError, awsError, isAwsError, silentCode, unreadableCode } from './errors.ts'
import type { Clock } from './retry.ts'

/** What happens on the way: a request goes out, to an address, and something has come back, or nothing will. */
export type Contact = (event: 'asked' | { address: string } | 'answered' | 'ended') => void

/** Without any answer for so long, nothing more is asked. Milliseconds. */
export const mostSilence = 60_000

/** How often what answers without a readable word is asked, as long as it has never said one. */
const mostStrange = 3

export interface Silence {
  /** runs a request: throws at once when nobody has answered for too long */
  ask<T>(operation: string, request: () => Promise<T>): Promise<T>
  /** a request has gone out, to that address */
  sent(address: string): void
  /** an answer has come, whatever it says */
  heard(): void
  /** an answer has been understood */
  understood(): void
  /** how often to try at most after such an error */
  most(error: AwsError): number
}

export const newSilence = (clock: Clock, contact: Contact | undefined): Silence => {
  let [under, since, met]: [number, number | undefined, boolean] = [0, undefined, false]
  let address = 'AWS'
  let given: AwsError | undefined

  const giveUp = (operation: string): AwsError =>
    awsError({
      code: silentCode,
      message: `no answer has come from ${address} for ${mostSilence / 1000} seconds`,
      operation,
      address,
      // whoever was asked may have done it
      unknownOutcome: true,
    })
  const isLong = () => since !== undefined && clock.now() - since >= mostSilence

  return {
    ask: async (operation, request) => {
      if (given !== undefined) throw giveUp(operation)
      under += 1
      since ??= clock.now()
      contact?.('asked')
      try {
        return await request()
      } catch (error) {
        if (isAwsError(error) || !isLong()) throw error
        given = giveUp(operation)
        throw given
      } finally {
        under -= 1
        contact?.('ended')
      }
    },
    sent: to => {
      address = to
      contact?.({ address: to })
    },
    heard: () => {
      since = under > 1 ? clock.now() : undefined
      contact?.('answered')
    },
    understood: () => {
      met = true
    },
    most: error =>
      error.code === silentCode
        ? 1
        : !met && (error.code === unreadableCode || error.code.startsWith('HPE_'))
          ? mostStrange
          : Number.POSITIVE_INFINITY,
  }
}
