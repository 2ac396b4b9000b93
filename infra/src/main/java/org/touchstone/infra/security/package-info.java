/** IAM policies from tables of permissions, and the exceptions from cdk-nag's rules. */
package org.touchstone.infra.security;
