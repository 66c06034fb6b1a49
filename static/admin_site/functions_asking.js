// Questions to the server about the list on the screen; nothing is written by them.

export const askServer = async (list, address, question) => {
  try {
    const answer = await fetch(address, {
      method: "POST",
      headers: {
        "Content-Type": "application/json",
        "X-CSRFToken": list.form.querySelector("[name=csrfmiddlewaretoken]").value,
      },
      body: JSON.stringify(question),
    });
    return await answer.json();
  } catch {
    return null; // no network, or signed out meanwhile: the page goes on without
  }
};
