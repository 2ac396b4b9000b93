/** From tables of permissions to IAM policies, and the exceptions from cdk-nag's rules. */
package org.touchstone.infra.security;
