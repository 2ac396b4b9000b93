/** The Lambda functions. */
package org.touchstone.infra.functions;
