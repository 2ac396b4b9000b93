/** Checkpoint files of any supported format, and the state dictionary that they hold. */
package org.touchstone.checkpoints.read;
