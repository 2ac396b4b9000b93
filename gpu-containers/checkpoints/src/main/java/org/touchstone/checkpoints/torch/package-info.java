/** What {@code torch.save} writes: the zip archives of today and the files of before 1.6. */
package org.touchstone.checkpoints.torch;
