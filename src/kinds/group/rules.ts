// What Cognito would refuse of a group.
import { checkWith, rule, textOf } from '../../table/rule.ts'

export const checkGroup = checkWith([
  rule(
    'COG2601',
    values => {
      const role = textOf(values, 'roleArn')
      return role !== undefined && !/^arn:[\w-]+:iam::/.test(role) ? role : undefined
    },
    {
      field: 'roleArn',
      message: wrong => `${wrong} is no IAM role`,
      hint: 'give the ARN of a role: ${roles.name.arn}, or arn:aws:iam::111122223333:role/name',
    },
  ),
])
