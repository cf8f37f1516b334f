// The contract between the sandbox's HTTP server and the services it serves.

/** Any JSON value, as the wire carries it. */
export type Json = null | boolean | number | string | Json[] | { [member: string]: Json }
export type Members = { [member: string]: Json }

/** What one request looks like to an operation, once its envelope has been read and its input validated. */
export interface Call {
  service: string
  operation: string
  input: Members
  /** the account of the caller (twelve digits) and the Region of the signature's credential scope */
  account: string
  region: string
  requestId: string
  /** the injected clock */
  now(): Date
  /** the injected randomness: a whole number from 0 up to, not including, `below` */
  random(below: number): number
}

/** Answers one operation. `undefined` means AWS answers with an empty body. May throw `ServiceError`. */
export type Operation = (input: Members, call: Call) => Members | undefined

/** One AWS service: its operations over the sandbox's state. */
export interface Service {
  /** the name in the credential scope, such as `cognito-idp` */
  name: string
  protocol: 'json' | 'query' | 'rest'
  operations: { [operation: string]: Operation }
  /** of a REST service: which request is which operation */
  routes?: Route[]
  /** what the text of an error is called in its body; `message` unless the service's model says otherwise */
  messageMember?(code: string): 'message' | 'Message'
}

/** The request line of one operation of a REST service, and the status of its success. */
export interface Route {
  operation: string
  method: string
  /** a member in braces is one segment, `/functions/{FunctionName}/policy` */
  path: string
  /** the members that travel in the query */
  query?: string[]
  status: number
}

/** An error that the service answers with, in AWS's own name and words. */
export class ServiceError extends Error {
  constructor(
    readonly code: string,
    message: string,
    /** on the wire nearly every Cognito error is 400 (IAM uses 404, 409 and others) */
    readonly status = 400,
    readonly extra: Members = {},
  ) {
    super(message)
    this.name = code
  }
}

/** The sandbox's whole state: plain JSON, so that `--data` can save and load it. One slice a service, by account. */
export interface State {
  /** the slice of a service, made by `initial` at first use; mutate it in place */
  slice<T extends object>(service: string, initial: () => T): T
}
