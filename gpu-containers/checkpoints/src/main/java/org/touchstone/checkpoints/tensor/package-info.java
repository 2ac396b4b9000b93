/** Tensors of a checkpoint as views of its mapped file. */
package org.touchstone.checkpoints.tensor;
