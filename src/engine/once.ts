// A way to AWS on which the same question is asked once.
import type { Aws, JsonObject } from '../model.ts'

/** For reading what does not change meanwhile: what was asked before is answered as it was then. */
export const askingOnce = (aws: Aws): Aws => {
  const asked = new Map<string, Promise<JsonObject>>()
  return {
    ...aws,
    send: (operation, input) => {
      const question = `${operation} ${JSON.stringify(input)}`
      const answer = asked.get(question) ?? aws.send(operation, input)
      asked.set(question, answer)
      return answer
    },
  }
}
