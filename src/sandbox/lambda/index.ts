// AWS Lambda: the policies of functions, and as much of functions as the policies need.
import type { Route, Service, State } from '../service.ts'
import { functionOperations } from './functions.ts'
import { permissionOperations } from './permissions.ts'

const functions = '/2015-03-31/functions'
const one = `${functions}/{FunctionName}`

const routes: Route[] = [
  { operation: 'CreateFunction', method: 'POST', path: functions, status: 201 },
  { operation: 'GetFunction', method: 'GET', path: one, query: ['Qualifier'], status: 200 },
  { operation: 'PublishVersion', method: 'POST', path: `${one}/versions`, status: 201 },
  { operation: 'CreateAlias', method: 'POST', path: `${one}/aliases`, status: 201 },
  { operation: 'AddPermission', method: 'POST', path: `${one}/policy`, query: ['Qualifier'], status: 201 },
  { operation: 'GetPolicy', method: 'GET', path: `${one}/policy`, query: ['Qualifier'], status: 200 },
  {
    operation: 'RemovePermission',
    method: 'DELETE',
    path: `${one}/policy/{StatementId}`,
    query: ['Qualifier', 'RevisionId'],
    status: 204,
  },
]

/** The errors whose text is `Message`, in the service's model and as recorded; in the others it is `message`. */
const capitalised = new Set(['ResourceNotFoundException', 'AccessDeniedException', 'ServiceException'])

export function lambdaService(state: State): Service {
  return {
    name: 'lambda',
    protocol: 'rest',
    routes,
    operations: { ...functionOperations(state), ...permissionOperations(state) },
    messageMember: code => (capitalised.has(code) ? 'Message' : 'message'),
  }
}
