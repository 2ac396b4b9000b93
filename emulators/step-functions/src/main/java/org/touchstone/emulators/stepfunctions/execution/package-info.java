/**
 * The interpreter: one virtual thread per execution, branch and iteration, which waits without
 * holding a platform thread.
 */
package org.touchstone.emulators.stepfunctions.execution;
