/** RetinaFace: a network that finds faces and their landmarks. */
package org.touchstone.checkpoints.networks.retinaface;
