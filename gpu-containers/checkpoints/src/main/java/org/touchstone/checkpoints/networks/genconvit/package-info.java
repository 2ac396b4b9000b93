/** GenConViT: two networks that redraw a face and compare. */
package org.touchstone.checkpoints.networks.genconvit;
