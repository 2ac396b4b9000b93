/**
 * An endpoint without a GPU, as a function of Lambda: the jobs of its queue, done by the same code
 * as in the container endpoint.
 */
package org.touchstone.lambda;
