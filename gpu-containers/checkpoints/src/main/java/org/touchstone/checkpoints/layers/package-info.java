/** Layers and backbones that networks are made of, with the names of their published weights. */
package org.touchstone.checkpoints.layers;
