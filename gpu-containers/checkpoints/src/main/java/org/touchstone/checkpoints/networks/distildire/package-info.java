/** DistilDIRE: one step of a diffusion model, and a student that scores the noise. */
package org.touchstone.checkpoints.networks.distildire;
