// The same question is asked once: what several resources read alike is one request.
import type { Aws, JsonObject } from '../model.ts'

/**
 * A port whose reads are kept: the second of two that are alike gets the first one's answer. For one look at AWS,
 * in which nothing is written. A refusal is kept too.
 */
export const askingOnce = (aws: Aws): Aws => {
  const asked = new Map<string, Promise<JsonObject>>()
  return {
    ...aws,
    send: (operation, input, region) => {
      const id = `${operation} ${region ?? ''} ${JSON.stringify(input)}`
      const known = asked.get(id) ?? aws.send(operation, input, region)
      asked.set(id, known)
      return known
    },
  }
}
