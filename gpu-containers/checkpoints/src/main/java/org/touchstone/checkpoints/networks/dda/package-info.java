/** Dual Data Alignment: DINOv2 with low-rank adaptations of its linear layers. */
package org.touchstone.checkpoints.networks.dda;
