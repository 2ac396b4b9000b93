/** What the container says to, and asks of, the machine it runs on: ECS' agent, the GPU. */
package org.touchstone.worker.host;
