/**
 * The interpreter. Each execution, branch and iteration has a virtual thread, which waits without
 * holding a platform thread.
 */
package org.touchstone.emulators.stepfunctions.execution;
