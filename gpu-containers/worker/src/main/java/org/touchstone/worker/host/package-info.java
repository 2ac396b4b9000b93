/** The container's connections to the machine it runs on: the ECS agent and the GPU. */
package org.touchstone.worker.host;
