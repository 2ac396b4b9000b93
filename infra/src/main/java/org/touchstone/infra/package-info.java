/**
 * The deployment to an AWS account, read from the stack downwards like the architecture diagram.
 */
package org.touchstone.infra;
