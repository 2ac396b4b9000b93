/**
 * The formats that {@code torch.save} writes: today's zip archives, and the files of PyTorch before
 * 1.6.
 */
package org.touchstone.checkpoints.torch;
